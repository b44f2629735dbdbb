/**
 * @module WebAssembly text to optimised bytes, by binaryen.
 *
 * Loaded only when something has to be generated: importing binaryen alone takes longer than
 * finding out that nothing changed.
 */

import binaryen from "binaryen";

/**
 * The binary of a WAT module, optimised for speed unless `verbatim`.
 *
 * @throws when binaryen rejects the text (a fault in the emitter).
 */
export function assemble(name, wat, { verbatim = false } = {}) {
  const module = binaryen.parseText(wat);
  try {
    module.setFeatures(binaryen.Features.MVP | binaryen.Features.SIMD128);
    if (!module.validate()) throw new Error(`binaryen rejects the ${name} module`);
    if (!verbatim) {
      binaryen.setOptimizeLevel(3);
      binaryen.setShrinkLevel(0);
      module.optimize();
    }
    return Buffer.from(module.emitBinary());
  } finally {
    module.dispose();
  }
}
