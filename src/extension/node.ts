// The entry of the desktop and remote extension hosts. What the extension does needs nothing of Node.
export { activate } from './activate';
