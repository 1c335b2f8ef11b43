import * as vscode from 'vscode';
import type { FaultlineApi } from '../../src/extension/activate';

/** The running extension, with all its work done. */
export async function faultline(): Promise<FaultlineApi> {
  const extension = vscode.extensions.getExtension<FaultlineApi>('faultline.faultline');
  if (!extension) throw new Error('The extension is not there.');
  const api = await extension.activate();
  await api.whenIdle();
  return api;
}
