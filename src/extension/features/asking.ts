import type * as vscode from 'vscode';
import { inSlices } from '../../language/slices';
import type { LinkedSystem } from '../../workspace/linked';
import type { Log } from '../log';
import type { Root } from '../root';
import type { Roots } from '../roots';
import { isShown } from '../shown';

/** A document with what is known about it: never without a system. */
export interface Place {
  readonly root: Root;
  readonly path: string;
  readonly systems: readonly LinkedSystem[];
}

/** How features ask about a document. Each fails alone. */
export class Asking {
  readonly roots: Roots;
  readonly log: Log;

  constructor(roots: Roots, log: Log) {
    this.roots = roots;
    this.log = log;
  }

  /** Asks about a document, unless nobody wants to hear about it; an exception is logged and answered with nothing. */
  about<T>(
    doing: string,
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
    answer: (place: Place) => T | PromiseLike<T>,
  ): Promise<T | undefined> {
    return this.log.guardAsync(
      `${doing} in ${document.uri.path}`,
      async () => {
        const place = await this.roots.systemsOf(document);
        if (!place || token.isCancellationRequested) return undefined;
        const systems = place.systems.filter((linked) => isShown(place.root, linked, place.path));
        return systems.length === 0 ? undefined : answer({ ...place, systems });
      },
      undefined,
    );
  }

  /** The same for an answer that takes figures or findings. */
  prepared<T>(doing: string, document: vscode.TextDocument, token: vscode.CancellationToken, answer: (place: Place) => T) {
    return this.about<T | undefined>(doing, document, token, async (place) => {
      for (const linked of place.systems) {
        if (!(await inSlices(place.root.service.prepare(linked), () => token.isCancellationRequested))) return undefined;
      }
      return answer(place);
    });
  }
}
