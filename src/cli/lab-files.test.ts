import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkOutputs, INPUT_MAX_BYTES, openOutput, readInput } from "./lab-files.ts";

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

describe("checkOutputs", () => {
  it("refuses a report in the place of the scenario, of another report, or of standard output", async () => {
    const at = (name: string): string => join(folder, name);
    await mkdir(at("deep"));
    await writeFile(at("scenario.yaml"), "agents: {}");
    await symlink("scenario.yaml", at("link.yaml"));
    await symlink("deep", at("shallow"));
    const refusals = [
      [["scenario.yaml"], "output-is-input"],
      [["out.html", "link.yaml"], "output-is-input"],
      [["deep/../scenario.yaml"], "output-is-input"],
      [["out", "out"], "output-twice"],
      [["deep/out", "shallow/out"], "output-twice"],
    ] as const;
    for (const [names, code] of refusals) {
      const paths = names.map((name) => `${folder}/${name}`);
      for (const input of [at("scenario.yaml"), at("link.yaml")]) {
        await expect(checkOutputs(input, paths), names.join()).rejects.toMatchObject({ code });
      }
    }
    await expect(checkOutputs(at("scenario.yaml"), ["-"])).rejects.toMatchObject({
      code: "output-no-file",
    });
    expect(await readFile(at("scenario.yaml"), "utf8")).toBe("agents: {}");
  });

  it("lets different files be, one name in two folders, and what is no file", async () => {
    await mkdir(join(folder, "deep"));
    const input = join(folder, "scenario.yaml");
    await writeFile(input, "");
    const paths = [join(folder, "out"), join(folder, "deep", "out"), "/dev/null", "/dev/null"];
    await expect(checkOutputs(input, paths)).resolves.toBeUndefined();
    const others = [join(folder, "none", "out"), input];
    await expect(checkOutputs("-", others)).resolves.toBeUndefined();
  });
});
