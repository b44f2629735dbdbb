import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { INPUT_MAX_BYTES, openOutput, readInput } from "./lab-files.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fabula-lab-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("readInput", () => {
  it.each([
    ["nothing.yaml", "ENOENT"],
    [".", "EISDIR"],
    ["binary", "no UTF-8 text"],
  ])("refuses %s with its reason", async (name, reason) => {
    await writeFile(join(folder, "binary"), Uint8Array.of(0x7f, 0x45, 0xff, 0xfe));
    await expect(readInput(join(folder, name))).rejects.toMatchObject({
      code: "input-unreadable",
      data: { reason: expect.stringContaining(reason) },
    });
  });
});

describe("a file without an end", () => {
  it("is refused before it fills the memory", async () => {
    await expect(readInput("/dev/zero")).rejects.toMatchObject({
      code: "input-too-large",
      data: { path: "/dev/zero", maxBytes: INPUT_MAX_BYTES },
    });
  });
});

describe("openOutput", () => {
  it("replaces a file only when the new one is whole", async () => {
    const path = join(folder, "report.html");
    await writeFile(path, "old");
    const given = await openOutput(path);
    expect(await readFile(path, "utf8")).toBe("old");
    await given.write("new");
    expect(await readFile(path, "utf8")).toBe("new");
    await given.discard();
    expect(await readdir(folder)).toEqual(["report.html"]);

    const unused = await openOutput(path);
    await unused.discard();
    expect([await readFile(path, "utf8"), await readdir(folder)]).toEqual(["new", ["report.html"]]);
  });

  it("writes where a link leads, and leaves the link", async () => {
    await mkdir(join(folder, "deep"));
    await writeFile(join(folder, "deep", "real"), "old");
    await symlink(join("deep", "real"), join(folder, "link"));
    await (await openOutput(join(folder, "link"))).write("new");
    expect(await readFile(join(folder, "deep", "real"), "utf8")).toBe("new");
    expect(await readdir(join(folder, "deep"))).toEqual(["real"]);
  });

  it("does not replace what is no file", async () => {
    await (await openOutput("/dev/null")).write("gone");
    expect(await readFile("/dev/null", "utf8")).toBe("");
  });

  it("refuses folders and paths that lead nowhere, before there is anything to write", async () => {
    for (const path of [folder, join(folder, "none", "report.html")]) {
      await expect(openOutput(path)).rejects.toMatchObject({
        code: "file-unwritable",
        data: { path, reason: expect.not.stringContaining("part") },
      });
    }
  });
});
