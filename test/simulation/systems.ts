// The systems that the tests and the validation set have in common.
export {
  type CallFields,
  component,
  constant,
  exponential,
  lab,
  logNormal,
  pool,
  scenarioOf,
  systemOf,
} from '../../src/validation/systems';
