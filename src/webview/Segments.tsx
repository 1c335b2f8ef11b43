interface SegmentsProps<T extends string> {
  /** What is chosen between. */
  readonly label: string;
  /** Unique on the page. */
  readonly name: string;
  readonly choices: readonly { readonly value: T; readonly text: string; readonly hint: string }[];
  readonly chosen: T;
  onChoose(value: T): void;
}

/** A choice of a few, all of them in sight; the arrow keys move between them. */
export function Segments<T extends string>({ label, name, choices, chosen, onChoose }: SegmentsProps<T>) {
  return (
    <div class="segments" role="radiogroup" aria-label={label}>
      {choices.map(({ value, text, hint }) => (
        <label key={value} title={hint} class={value === chosen ? 'segment chosen' : 'segment'}>
          <input type="radio" name={name} value={value} checked={value === chosen} onChange={() => onChoose(value)} />
          {text}
        </label>
      ))}
    </div>
  );
}
