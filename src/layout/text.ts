/**
 * How wide a text is drawn, from one table of character widths, so that the webview, the command line and the tests
 * draw the same picture whatever fonts the machine has. Widths are in thousandths of the font size, between those of
 * the common sans-serif faces and of the wide ones.
 */
const narrow = "fijlt|!'`.,:;I()[]{}/\\ ·";
const wide = 'mwMW%@';
const capitals = 'ABCDEGHKNOPQRSUVXYZ&#<>+=~^_×∞';

function unitsOf(character: string): number {
  if (narrow.includes(character)) return 320;
  if (wide.includes(character)) return 900;
  if (capitals.includes(character)) return 700;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 0;
  if (code < 0x250) return 580;
  // Ideographs, Hangul, full-width forms and pictographs are as wide as they are high.
  return code >= 0x1100 ? 1000 : 660;
}

/** The width of a text at a font size, in pixels; `weight` 600 is about eight percent wider than 400. */
export function textWidth(text: string, size: number, weight: 400 | 600 = 400): number {
  let units = 0;
  for (const character of text) units += unitsOf(character);
  return (units / 1000) * size * (weight === 600 ? 1.08 : 1);
}

/** The text itself, or as much of its beginning as fits with an ellipsis behind it. */
export function fitText(text: string, width: number, size: number, weight: 400 | 600 = 400): string {
  const clean = oneLine(text);
  if (textWidth(clean, size, weight) <= width) return clean;
  const room = width - textWidth('…', size, weight);
  let used = 0;
  let kept = '';
  for (const character of clean) {
    used += textWidth(character, size, weight);
    if (used > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Line breaks and control characters have no place in a label; a name may hold any. */
function oneLine(text: string): string {
  const bounded = text.length > 400 ? text.slice(0, 400) : text;
  return bounded.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ');
}
