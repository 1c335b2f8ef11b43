/** The system as a run of one variant sees it: so that a picture can say what is being simulated. */
export { variantOf } from '../remedies/variants';
