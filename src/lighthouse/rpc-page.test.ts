import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { METHOD_SCHEMAS } from "../peer/rpc/methods-schema.ts";
import { rpcPage } from "./rpc-page.ts";
import { schemaText } from "./schema-text.ts";

const textOf = (schema: z.ZodMiniType): string =>
  schemaText(z.toJSONSchema(schema, { io: "input" }));

describe("schemaText", () => {
  it.each([
    [z.string(), "string"],
    [z.string().check(z.regex(/^[0-9a-f]{64}$/)), "id"],
    [z.nullable(z.string()), "string | null"],
    [z.int().check(z.minimum(1)), "integer"],
    [z.literal(true), "true"],
    [z.enum(["a", "b"]), '"a" | "b"'],
    [z.array(z.nullable(z.number())), "(number | null)[]"],
    [z.object({}), "{}"],
    [z.object({ a: z.boolean(), b: z.optional(z.string()) }), "{ a: boolean, b?: string }"],
    [z.record(z.string(), z.number()), "{ [name]: number }"],
    [z.unknown(), "any"],
  ])("%# is %s", (schema, text) => {
    expect(textOf(schema as z.ZodMiniType)).toBe(text);
  });

  it("sets long objects on lines of their own, indented", () => {
    const name = "a".repeat(30);
    const inner = z.object({ [name]: z.string(), [`${name}b`]: z.string() });
    expect(textOf(z.object({ inner }))).toBe(
      `{\n  inner: {\n    ${name}: string,\n    ${name}b: string,\n  },\n}`,
    );
  });
});

describe("the page of methods", () => {
  it("has every method with its description and marks, and nothing that the policy would stop", () => {
    const page = rpcPage("9.9.9", "http://127.0.0.1:1");
    for (const [name, { write, surface }] of Object.entries(METHOD_SCHEMAS)) {
      const heading = new RegExp(`<h3 id="${name}">${name}(<small>([^<]+)</small>)?</h3>`).exec(
        page,
      );
      const mark = surface === "page" ? "only in a page" : write ? "needs the token" : undefined;
      expect(heading?.[2], name).toBe(mark);
      expect(page).toContain(`<li><a href="#${name}">${name}</a></li>`);
    }
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\son[a-z]+=|url\(|@import/i);
    expect(page).not.toContain("undefined");
    expect(page).not.toContain("any[]");
  });

  it("escapes what comes from outside: the address under which it was asked for", () => {
    const page = rpcPage("<b>1</b>", 'http://"><script>alert(1)</script>');
    expect(page).not.toContain("<script");
    expect(page).not.toContain("<b>1");
  });
});
