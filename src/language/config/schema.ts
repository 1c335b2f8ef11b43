import { rules } from '../../rules/registry';
import { severities } from '../../rules/rule';
import { configurationType } from '../../workspace/config';
import { type Slot, type Step, slotIn } from '../schema';

/** A `faultline.config.yaml` as one type, with the rules that there are. */
export const configuration = configurationType({ rules, severities });

/** What may stand in a configuration at the end of a path of keys; undefined for a path that it does not have. */
export function configurationSlot(path: readonly Step[]): Slot | undefined {
  return slotIn(configuration, path);
}
