export const packages: string[]
export const targets: { name: string; env: Record<string, string>; gcc: string }[]
