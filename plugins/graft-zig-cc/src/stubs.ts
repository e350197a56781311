/**
 * Stub libraries for darwin: text files (tapi's .tbd) that give a linker the names which a system library exports, so
 * that no SDK is needed. Symbols only: those that Go itself links to, that are declared by the headers which zig carries,
 * or that libraries linked into cgo packages commonly need (apple-symbols.ts). The libraries themselves are part of every macOS.
 */
import { coreFoundationMore, objc, securityMore } from './apple-symbols.js'
import { within, type Span } from './dotted.js'

interface Stub {
  /** Where in the graft. */
  file: string
  /** What the linker writes into the binary. */
  install: string
  /** The library's versions, as in Apple's SDKs: what old binaries recorded as the least that they need. */
  compatibility: string
  /** Names as C has them, without the leading underscore. */
  symbols: string
}

/** `net`: the cgo resolver's LookupCNAME and LookupTXT, by go:cgo_import_dynamic since Go 1.20. */
const resolver =
  'res_9_init res_9_ninit res_9_nclose res_9_ndestroy res_9_nsearch res_9_nquery res_9_search res_9_query'

/** `crypto/x509/internal/macos/corefoundation.go` of Go 1.16 to 1.27. */
const coreFoundation = `
  CFArrayAppendValue CFArrayCreateMutable CFArrayGetCount CFArrayGetValueAtIndex CFDataCreate CFDataGetBytePtr
  CFDataGetLength CFDateCreate CFDictionaryGetValueIfPresent CFEqual CFErrorCopyDescription CFErrorGetCode
  CFNumberGetValue CFRelease CFRetain CFStringCreateExternalRepresentation CFStringCreateWithBytes`

/** `crypto/x509/internal/macos/security.go` of Go 1.16 to 1.27, with the constants that it reads. */
const security = `
  SecCertificateCopyData SecCertificateCreateWithData SecItemExport SecPolicyCopyProperties SecPolicyCreateSSL
  SecTrustCopyCertificateChain SecTrustCreateWithCertificates SecTrustEvaluate SecTrustEvaluateWithError
  SecTrustGetCertificateAtIndex SecTrustGetCertificateCount SecTrustGetResult SecTrustSetVerifyDate
  SecTrustSettingsCopyCertificates SecTrustSettingsCopyTrustSettings kSecPolicyAppleSSL kSecPolicyOid
  kSecTrustSettingsPolicy kSecTrustSettingsPolicyString kSecTrustSettingsResult`

/** iconv.h, which zig carries. macOS exports both spellings. */
const iconv = `
  iconv iconv_close iconv_open iconvctl iconvlist libiconv libiconv_close libiconv_open libiconvctl libiconvlist
  _libiconv_version libiconv_relocate libiconv_set_relocation_prefix`

/** zlib.h, which zig carries. */
const zlib = `
  adler32 adler32_combine adler32_z compress compress2 compressBound crc32 crc32_combine crc32_z deflate deflateBound
  deflateCopy deflateEnd deflateGetDictionary deflateInit2_ deflateInit_ deflateParams deflatePending deflatePrime
  deflateReset deflateResetKeep deflateSetDictionary deflateSetHeader deflateTune get_crc_table gzbuffer gzclearerr
  gzclose gzclose_r gzclose_w gzdirect gzdopen gzeof gzerror gzflush gzfread gzfwrite gzgetc gzgetc_ gzgets gzoffset
  gzopen gzprintf gzputc gzputs gzread gzrewind gzseek gzsetparams gztell gzungetc gzvprintf gzwrite inflate
  inflateBack inflateBackEnd inflateBackInit_ inflateCodesUsed inflateCopy inflateEnd inflateGetDictionary
  inflateGetHeader inflateInit2_ inflateInit_ inflateMark inflatePrime inflateReset inflateReset2 inflateResetKeep
  inflateSetDictionary inflateSync inflateSyncPoint inflateUndermine inflateValidate uncompress uncompress2 zError
  zlibCompileFlags zlibVersion`

const framework = (name: string): string => `/System/Library/Frameworks/${name}.framework/Versions/A/${name}`

const stubs: Stub[] = [
  { file: 'lib/libresolv.tbd', install: '/usr/lib/libresolv.9.dylib', compatibility: '1.0.0', symbols: resolver },
  { file: 'lib/libiconv.tbd', install: '/usr/lib/libiconv.2.dylib', compatibility: '7.0.0', symbols: iconv },
  { file: 'lib/libz.tbd', install: '/usr/lib/libz.1.dylib', compatibility: '1.0.0', symbols: zlib },
  { file: 'lib/libobjc.tbd', install: '/usr/lib/libobjc.A.dylib', compatibility: '1.0.0', symbols: objc },
  {
    file: 'Frameworks/CoreFoundation.framework/CoreFoundation.tbd',
    install: framework('CoreFoundation'),
    compatibility: '150.0.0',
    symbols: coreFoundation + coreFoundationMore,
  },
  {
    file: 'Frameworks/Security.framework/Security.tbd',
    install: framework('Security'),
    compatibility: '1.0.0',
    symbols: security + securityMore,
  },
]

/** Go 1.21 and 1.22 include resolv.h on darwin, to compare the size of its state with that of their own. */
export const needsResolvHeader: Span = { since: '1.21', before: '1.23' }

/** 69 words, as unix.ResState of internal/syscall/unix/net_darwin.go; C that looks into it is told so by the compiler. */
const resolvHeader = `#ifndef GONATIVE_RESOLV_H
#define GONATIVE_RESOLV_H
struct __res_state {
  unsigned long opaque[69];
};
#endif
`

/** The stubs' files for a Go version: path in the graft → text. The same for both architectures of darwin. */
export function darwinStubs(go: string): Record<string, string> {
  const libraries = Object.fromEntries(stubs.map((stub) => [stub.file, textOf(stub)]))
  return within(go, needsResolvHeader) ? { ...libraries, 'include/resolv.h': resolvHeader } : libraries
}

/** TBD version 4, as LLVM's TextAPI reads it (llvm/lib/TextAPI/TextStub.cpp). */
function textOf({ install, compatibility, symbols }: Stub): string {
  const names = symbols.trim().split(/\s+/)
  return [
    '--- !tapi-tbd',
    'tbd-version: 4',
    'targets: [ x86_64-macos, arm64-macos ]',
    `install-name: '${install}'`,
    `current-version: ${compatibility}`,
    `compatibility-version: ${compatibility}`,
    'exports:',
    '  - targets: [ x86_64-macos, arm64-macos ]',
    `    symbols: [ ${names.map((name) => `_${name}`).join(', ')} ]`,
    '...',
    '',
  ].join('\n')
}
