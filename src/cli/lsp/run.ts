import process from 'node:process';
import { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { Server } from './server';

/** `faultline lsp`: the language server protocol on standard input and output, until the client says goodbye. */
export function runLanguageServer(): void {
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  );
  new Server(connection);
  connection.listen();
}
