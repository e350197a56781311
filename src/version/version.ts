/**
 * Go's own versions: `1.21rc2 < 1.21.0 < 1.21.1 < 1.22`. Up to 1.20 the first release of a line is `1.20`, from 1.21 on
 * `1.21.0`, and `1.21` alone names the line (go.dev/doc/toolchain#version).
 */
