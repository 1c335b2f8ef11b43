import { type ButtonIcon, buttonIcons } from './icons';

/** A sign in the colour of the text around it; what it means is said by that text. */
export function Icon({ name }: { readonly name: ButtonIcon }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={buttonIcons[name]} fill="currentColor" />
    </svg>
  );
}
