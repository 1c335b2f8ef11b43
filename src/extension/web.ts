// The entry of the web worker extension host.
export { activate } from './activate';
