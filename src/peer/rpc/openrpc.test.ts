import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { METHOD_SCHEMAS } from "./methods-schema.ts";
import { openRpcText } from "./openrpc.ts";

const read = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

interface Described {
  readonly methods: readonly {
    readonly name: string;
    readonly description: string;
    readonly params: readonly { readonly required: boolean; readonly schema: object }[];
    readonly result: { readonly schema: { readonly type?: string } };
  }[];
}

describe("docs/openrpc.json", () => {
  it("is what the method table says now (after a change run: node scripts/make-openrpc.mjs)", () => {
    const { version } = JSON.parse(read("package.json")) as { version: string };
    expect(read("docs/openrpc.json")).toBe(openRpcText(version));
  });

  it("describes every method with its parameters and its result", () => {
    const { methods } = JSON.parse(read("docs/openrpc.json")) as Described;
    expect(methods.map(({ name }) => name)).toEqual(Object.keys(METHOD_SCHEMAS));
    for (const { description, params, result } of methods) {
      expect(description.length).toBeGreaterThan(10);
      expect(params).toHaveLength(1);
      expect(result.schema.type).toBe("object");
    }
    const required = methods.filter(({ params }) => params[0]?.required).map(({ name }) => name);
    expect(required).toContain("create_story");
    expect(required).not.toContain("get_canon");
  });
});
