/**
 * An SDK of macOS, which only its user may supply: SDKROOT names it, as for Apple's own compilers. Its headers come
 * behind zig's own, which are of the newest SDK and which libc++ is made for; its libraries before the graft's stubs.
 *
 * SDKROOT is not in the go command's cache key. Its answer for the compiler's version is (gccToolID in
 * cmd/go/internal/work/buildid.go), so that names the SDK; and with -isysroot clang writes the SDK's version into every
 * object, so that what is linked of them is linked anew.
 */

import { quoted } from './quoted.js'

/** sh for before the compiler runs, with its arguments as `$@`. `$linking` is empty where nothing is linked. */
export const useSdk = [
  'if [ -n "${SDKROOT-}" ]; then',
  '  sdk=$SDKROOT',
  // As for other directories (quoted.ts), which take the descriptors from 8 down.
  '  case $sdk in',
  `  ${quoted}) [ ! -d /proc/self/fd ] || [ ! -d "$sdk" ] || { exec 3<"$sdk" && sdk=/proc/self/fd/3; } ;;`,
  '  esac',
  '  frameworks=$sdk/System/Library/Frameworks',
  '  if [ ! -d "$frameworks" ]; then',
  `    echo "gonative-cc: SDKROOT is no SDK of macOS: there is no System/Library/Frameworks in $SDKROOT" >&2`,
  '    exit 1',
  '  fi',
  '  case " $* " in',
  `  *' -### '*)`,
  '    settings=',
  '    [ ! -r "$SDKROOT/SDKSettings.json" ] || read -r settings <"$SDKROOT/SDKSettings.json" || :',
  `    case $settings in *'"Version":"'*) settings=\${settings#*'"Version":"'} ;; *) settings= ;; esac`,
  `    settings=\${settings%%'"'*}`,
  '    echo "clang version 0 of zig, with the SDK $settings in $SDKROOT"',
  '    ;;',
  '  esac',
  '  set -- "$@" -isysroot "$sdk" -isystem "$sdk/usr/include" -iframework "$frameworks"',
  '  [ -z "$linking" ] || set -- "$@" "-L$sdk/usr/lib" "-F$frameworks"',
  'fi',
]

/** sh for after a link that failed. */
export const nameSdk = [
  'if [ "$status" -ne 0 ] && [ -z "${SDKROOT-}" ]; then',
  `  echo "gonative-cc: of macOS's libraries and frameworks only the names that Go needs are here; for others set" \\`,
  '    "SDKROOT to the directory of a macOS SDK, such as MacOSX.sdk of the Command Line Tools for Xcode" >&2',
  'fi',
]

/** Headers that cgo packages include and zig has not, by framework: `CoreFoundation/CoreFoundation.h`. */
const headers = `
  AppKit/AppKit.h ApplicationServices/ApplicationServices.h AudioToolbox/AudioToolbox.h AudioUnit/AudioUnit.h
  AVFoundation/AVFoundation.h Carbon/Carbon.h Cocoa/Cocoa.h CoreAudio/CoreAudio.h CoreBluetooth/CoreBluetooth.h
  CoreData/CoreData.h CoreFoundation/CoreFoundation.h CoreGraphics/CoreGraphics.h CoreLocation/CoreLocation.h
  CoreMedia/CoreMedia.h CoreMIDI/CoreMIDI.h CoreServices/CoreServices.h CoreText/CoreText.h CoreVideo/CoreVideo.h
  CoreWLAN/CoreWLAN.h DiskArbitration/DiskArbitration.h Foundation/Foundation.h Hypervisor/Hypervisor.h
  ImageIO/ImageIO.h IOKit/IOKitLib.h IOKit/hid/IOHIDLib.h IOKit/hid/IOHIDManager.h IOKit/ps/IOPowerSources.h
  IOKit/pwr_mgt/IOPMLib.h IOKit/usb/IOUSBLib.h LocalAuthentication/LocalAuthentication.h Metal/Metal.h
  Network/Network.h OpenCL/opencl.h OpenGL/gl.h OpenGL/OpenGL.h QuartzCore/QuartzCore.h
  ScreenCaptureKit/ScreenCaptureKit.h Security/Security.h ServiceManagement/ServiceManagement.h
  SystemConfiguration/SystemConfiguration.h UserNotifications/UserNotifications.h Virtualization/Virtualization.h
  vmnet/vmnet.h WebKit/WebKit.h`

/** A header in the place of each, found last, whose error says what would make it possible: path in the graft → text. */
export function placeholderHeaders(): Record<string, string> {
  return Object.fromEntries(
    headers
      .trim()
      .split(/\s+/)
      .map((header) => [
        `include/${header}`,
        `#error ${header} is in the SDK of macOS only: set SDKROOT to its directory, and build again\n`,
      ]),
  )
}
