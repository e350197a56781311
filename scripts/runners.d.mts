export function onPath(name: string): string | undefined
export function runnerFor(
  goarch: string,
  of?: { variant?: string; libc?: string },
): { command: string[]; how: string } | { missing: string }
export function missingPackages(): string[]
