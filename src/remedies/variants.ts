import type { Variant } from '../model/scenario';
import type { System } from '../model/system';
import { bareSystem } from './bare';
import { completeSystem } from './complete';

/** The system as one variant of a simulation sees it. */
export function variantOf(system: System, variant: Variant): System {
  switch (variant) {
    case 'written':
      return system;
    case 'bare':
      return bareSystem(system);
    case 'protected':
      return completeSystem(system);
  }
}
