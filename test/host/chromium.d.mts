import type { Browser, LaunchOptions } from 'playwright-core';

export function findChromium(): string;
export function onPath(name: string): string | undefined;
export function launchChromium(options?: LaunchOptions): Promise<Browser>;
