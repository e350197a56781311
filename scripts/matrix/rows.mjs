// Which rows the matrix has: every target that is grafted, with each C library and each variant that it can have.
import { variantsOf } from './variants.mjs'

/**
 * @param {{target: string, grafted: boolean, cgo: boolean}[]} targets of `gonative targets --json`
 * @param {string[] | undefined} only platforms or targets, as `linux/arm64` or `linux/arm/v7`
 * @param {{all?: boolean}} [options] else each platform has one row, for what it is when nothing more is named
 * @returns {{platform: string, target: string, goos: string, goarch: string, variant?: string, libc?: string, name: string}[]}
 */
export function rowsOf(targets, only, { all = true } = {}) {
  return targets.flatMap(({ target, grafted }) => {
    if (!grafted) return []
    const [goos, goarch] = target.split('/')
    const platform = `${goos}/${goarch}`
    const rows = librariesOf(goos, goarch, all).flatMap((libc) =>
      (all ? variantsOf(goos, goarch) : [undefined]).map((variant) => {
        const name = variant ? `${platform}/${variant}` : platform
        return {
          platform,
          target: name,
          goos,
          goarch,
          ...(variant ? { variant } : {}),
          ...(libc ? { libc } : {}),
          name: libc ? `${name} ${libc}` : name,
        }
      }),
    )
    return rows.filter((row) => !only || only.some((text) => chosen(row, text)))
  })
}

function librariesOf(goos, goarch, all) {
  if (goos !== 'linux') return [undefined]
  if (all) return ['gnu', 'musl']
  return [goarch === 'ppc64' ? 'musl' : 'gnu'] // zig has no other for it
}

function chosen({ platform, target }, text) {
  return text === platform || text === target
}
