// Loaded when one of them is looked at.
export { Compare } from './Compare';
export { GameDay } from './GameDay';
export { Tipping } from './Tipping';
