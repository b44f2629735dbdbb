/**
 * @module The proof-of-work graph written as WebAssembly text.
 *
 * Both modules share one contract, so that the code around them cannot tell them apart:
 * - memory bytes 0–35 hold the input's words 0–8 (coreHash, then the nonce's low half);
 * - `mine(start, groups, targetTop32)` tries nonce high halves start … start + 8·groups − 1 and
 *   returns the start of the first group of 8 that holds a digest whose first four bytes, read
 *   big-endian, are ≤ targetTop32; −1 if there is none.
 * The caller keeps `start` a multiple of 8 and the range below 2^32: then −1 (= 2^32 − 1) cannot
 * be the start of a group, and the answer is never ambiguous.
 */

/** Nonces per group: two vectors of four lanes. */
export const GROUP_SIZE = 8;

const LANES = 4;
const VECTORS = GROUP_SIZE / LANES;

/** Where the hoisted values lie, above the input words; 16 bytes each, splatted or not. */
const HOISTED_BASE = 1024;
const HOISTED_BYTES = 16;

/**
 * Nodes emitted for one vector before turning to the other. Alternating in short runs lets the
 * processor overlap the two dependency chains (+14 % measured in Chromium); alternating after
 * every node makes V8 spill more registers.
 */
const INTERLEAVE_RUN = 14;

/** Reverses the bytes of each 32-bit lane: digests are compared as big-endian numbers. */
const BYTE_SWAP_MASK = [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12];

const i32 = (value) => `(i32.const ${value})`;
const get = (name) => `(local.get ${name})`;
const set = (name, expression) => `(local.set ${name} ${expression})`;
const swizzle = (value, mask) => `(i8x16.swizzle ${value} (v128.const i8x16 ${mask.join(" ")}))`;

/** Collects local declarations while code that uses them is being written. */
function createLocals() {
  const declarations = [];
  return {
    declare(name, type) {
      declarations.push(`(local ${name} ${type})`);
      return name;
    },
    text: () => declarations.join("\n"),
  };
}

function scalarOperation(node, operands) {
  switch (node.op) {
    case "const":
      return i32(node.detail);
    case "word":
      return `(i32.load offset=${4 * node.detail} ${i32(0)})`;
    case "rotr":
      return `(i32.rotr ${operands[0]} ${i32(node.detail)})`;
    default:
      return `(i32.${node.op} ${operands.join(" ")})`;
  }
}

/**
 * A rotation by 16 is a shuffle of half-lanes, the others are two shifts. Measured in Chromium 147
 * on an AMD EPYC, in millions a second: this 48, all shifts 46, all shuffles 40, swizzles with a
 * literal mask 32–34. (Chromium 156 on an Intel Emerald Rapids: shifts 35, shuffles 36, swizzles
 * 43; this mixture was not measured there.) So no form is best everywhere; this one is 1.25 times
 * native SSE4.1 on the AMD machine, where swizzles are at 0.9.
 */
function vectorRotateRight(value, amount) {
  if (amount === 16) {
    const mask = Array.from({ length: 16 }, (_, i) => i ^ 2);
    return `(i8x16.shuffle ${mask.join(" ")} ${value} ${value})`;
  }
  const right = `(i32x4.shr_u ${value} ${i32(amount)})`;
  const left = `(i32x4.shl ${value} ${i32(32 - amount)})`;
  return `(v128.or ${right} ${left})`;
}

function vectorOperation(node, operands) {
  switch (node.op) {
    case "add":
      return `(i32x4.add ${operands.join(" ")})`;
    case "xor":
      return `(v128.xor ${operands.join(" ")})`;
    default:
      return vectorRotateRight(operands[0], node.detail);
  }
}

/** Code that computes every nonce-independent node once and leaves the read ones in memory. */
function emitOnce(graph, locals, storeHoisted) {
  const nameOf = (node) => `$once${node.id}`;
  const compute = graph.once.map((node) =>
    set(
      locals.declare(nameOf(node), "i32"),
      scalarOperation(
        node,
        node.inputs.map((input) => get(nameOf(input))),
      ),
    ),
  );
  const store = graph.hoisted.map((node, index) =>
    storeHoisted(HOISTED_BASE + HOISTED_BYTES * index, get(nameOf(node))),
  );
  return [...compute, ...store].join("\n");
}

/** How the per-nonce code of one way reads a node: a local, or a hoisted value from memory. */
function createReader(graph, load, way) {
  return (node) => {
    if (node.op === "nonce") return get(`$nonce${way}`);
    if (node.varies) return get(`$v${node.id}_${way}`);
    const offset = HOISTED_BASE + HOISTED_BYTES * graph.hoisted.indexOf(node);
    return `(${load} offset=${offset} ${i32(0)})`;
  };
}

function emitPerNonce(nodes, locals, type, operation, read, way) {
  return nodes.map((node) =>
    set(locals.declare(`$v${node.id}_${way}`, type), operation(node, node.inputs.map(read))),
  );
}

function module(locals, body) {
  return `(module
(memory (export "memory") 1)
(func (export "mine") (param $start i32) (param $groups i32) (param $target i32) (result i32)
${locals.text()}
${body}
${i32(-1)}))`;
}

/** The WAT text of the 2×4-lane SIMD miner. */
export function emitSimdModule(graph) {
  const locals = createLocals();
  const ways = Array.from({ length: VECTORS }, (_, way) => way);
  const readers = ways.map((way) => createReader(graph, "v128.load", way));
  const once = emitOnce(
    graph,
    locals,
    (offset, value) => `(v128.store offset=${offset} ${i32(0)} (i32x4.splat ${value}))`,
  );

  const lanesOf = (way) => Array.from({ length: LANES }, (_, lane) => LANES * way + lane);
  const nonces = ways.map((way) =>
    set(
      locals.declare(`$nonce${way}`, "v128"),
      `(i32x4.add (i32x4.splat ${get("$start")}) (v128.const i32x4 ${lanesOf(way).join(" ")}))`,
    ),
  );

  const hashing = [];
  for (let from = 0; from < graph.perNonce.length; from += INTERLEAVE_RUN) {
    const run = graph.perNonce.slice(from, from + INTERLEAVE_RUN);
    for (const way of ways) {
      hashing.push(...emitPerNonce(run, locals, "v128", vectorOperation, readers[way], way));
    }
  }

  const hits = ways
    .map((way) => swizzle(readers[way](graph.digestWord0), BYTE_SWAP_MASK))
    .map((top32) => `(i32x4.le_u ${top32} ${get("$targets")})`)
    .reduce((left, right) => `(v128.or ${left} ${right})`);

  locals.declare("$targets", "v128");
  return module(
    locals,
    `${once}
${set("$targets", `(i32x4.splat ${get("$target")})`)}
(loop $next
${nonces.join("\n")}
${hashing.join("\n")}
(if (v128.any_true ${hits}) (then (return ${get("$start")})))
${set("$start", `(i32.add ${get("$start")} ${i32(GROUP_SIZE)})`)}
(br_if $next (local.tee $groups (i32.sub ${get("$groups")} ${i32(1)}))))`,
  );
}

/** i32 byte swap: MVP WebAssembly has no instruction for it. */
function scalarByteSwap(value) {
  const odd = `(i32.and (i32.rotl ${value} ${i32(8)}) ${i32(0x00ff00ff)})`;
  const even = `(i32.and (i32.rotr ${value} ${i32(8)}) ${i32(0xff00ff00 | 0)})`;
  return `(i32.or ${odd} ${even})`;
}

/**
 * The WAT text of the scalar miner. It tries one nonce at a time and rounds a hit down to its
 * group of 8, so that callers see the SIMD module's contract.
 */
export function emitScalarModule(graph) {
  const locals = createLocals();
  const read = createReader(graph, "i32.load", 0);
  const once = emitOnce(
    graph,
    locals,
    (offset, value) => `(i32.store offset=${offset} ${i32(0)} ${value})`,
  );
  const hashing = emitPerNonce(graph.perNonce, locals, "i32", scalarOperation, read, 0);
  locals.declare("$nonce0", "i32");
  return module(
    locals,
    `${once}
${set("$groups", `(i32.mul ${get("$groups")} ${i32(GROUP_SIZE)})`)}
(loop $next
${set("$nonce0", get("$start"))}
${hashing.join("\n")}
(if (i32.le_u ${scalarByteSwap(read(graph.digestWord0))} ${get("$target")})
  (then (return (i32.and ${get("$start")} ${i32(-GROUP_SIZE)}))))
${set("$start", `(i32.add ${get("$start")} ${i32(1)})`)}
(br_if $next (local.tee $groups (i32.sub ${get("$groups")} ${i32(1)}))))`,
  );
}

/** The WAT text of the smallest module that only an engine with SIMD accepts. */
export function emitSimdProbe() {
  return "(module (func (result i32) (v128.any_true (v128.const i32x4 1 0 0 0))))";
}
