export const root: string;
export const screenshotFolder: string;
export function screenshotFile(name: string): string;
