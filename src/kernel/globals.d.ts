/**
 * The few globals of the language's surroundings that the kernel may use: both engines and Node have
 * them, they hold no state and give the same answer everywhere. `lib` stays without DOM, so that a
 * clock or a network call cannot slip in.
 *
 * @module
 */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label: "utf-8", options: { readonly fatal: boolean; readonly ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}
/** Integer code gives the same answers everywhere as well. The exports are those of `blake3-wasm.ts`. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: {
      readonly memory: { readonly buffer: ArrayBuffer };
      readonly absorb: (...args: readonly number[]) => void;
    };
  };
};
