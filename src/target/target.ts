/**
 * The grammar of targets: `goos/goarch`, or with a variant as containers write it, `linux/arm/v7`. Which C library is a
 * text of its own, since only some targets have a choice: `gnu`, `gnu.2.28` (with a floor), `musl`, `bionic.24`.
 */
import type { Target } from '../contract/index.js'
import { GonativeError } from '../errors.js'
import { nearest } from './nearest.js'
import { knownPlatforms } from './platforms.js'
import { variantsOf } from './variants.js'

/**
 * Reads a target, with the C library and the sysroot (an absolute path) if they are given.
 * @throws GonativeError (usage): TARGET_SYNTAX, TARGET_UNKNOWN, TARGET_VARIANT or TARGET_LIBC.
 */
export function parseTarget(text: string, libc?: string, sysroot?: string): Target {
  const [goos = '', goarch = '', variant, ...rest] = text.split('/')
  if (goos === '' || goarch === '' || variant === '' || rest.length > 0) {
    throw usage('TARGET_SYNTAX', `'${text}' is not a target: targets are written goos/goarch`, suggestion(text))
  }
  if (!knownPlatforms.includes(`${goos}/${goarch}`)) {
    throw usage('TARGET_UNKNOWN', `no Go has ever built for ${goos}/${goarch}`, suggestion(text))
  }
  if (variant !== undefined && !variantsOf(goarch).includes(variant)) {
    const known = variantsOf(goarch)
    const hint = known.length === 0 ? `write ${goos}/${goarch}` : `write one of: ${known.join(', ')}`
    throw usage('TARGET_VARIANT', `${goarch} has no variant ${variant}`, hint)
  }
  const target: Target = { goos, goarch }
  if (variant !== undefined) target.variant = variant
  if (libc !== undefined) target.libc = parseLibc(libc)
  if (sysroot !== undefined) target.sysroot = sysroot
  return target
}

/** A target without its C library: `linux/arm/v7`. What parseTarget reads. */
export function formatTarget(target: Target): string {
  const { goos, goarch, variant } = target
  return [goos, goarch, ...(variant === undefined ? [] : [variant])].join('/')
}

/** A target for people, with its C library where one was chosen: `linux/amd64 gnu.2.28`. */
export function describeTarget(target: Target): string {
  return target.libc === undefined ? formatTarget(target) : `${formatTarget(target)} ${target.libc}`
}

function parseLibc(text: string): string {
  if (/^(musl|gnu(\.\d+\.\d+(\.\d+)?)?|bionic(\.\d+)?)$/.test(text)) return text
  throw usage(
    'TARGET_LIBC',
    `'${text}' is not a C library`,
    "write 'musl', 'gnu', 'gnu.2.28' for glibc 2.28 and newer, or 'bionic.24' for Android's API level 24 and newer",
  )
}

function suggestion(text: string): string {
  return `nearest: ${nearest(text, knownPlatforms).join(', ')}; 'gonative targets' lists all`
}

function usage(code: string, message: string, hint: string): GonativeError {
  return new GonativeError(code, message, { exit: 'usage', hint })
}
