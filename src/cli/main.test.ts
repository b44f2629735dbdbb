import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bytesFromHex, hexFromBytes } from "../kernel/bytes.ts";
import { decodeGenesis, storyIdOf } from "../kernel/genesis.ts";
import { initKernel } from "../kernel/init.ts";
import { signWithSeed } from "../kernel/signature.ts";
import vectors from "../kernel/vectors/dual-token-kernel.json" with { type: "json" };
import { readyUrl, setUpCommand } from "./testing/built-command.ts";

const { folder, start: fabula, outcome, printed } = setUpCommand();

describe("fabula", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "run says one line when ready, and %s ends it cleanly with 0",
    async (signal) => {
      const run = fabula("run", "--pace", "2000", "--title", "Dunes");
      const url = await readyUrl(run);
      expect(await (await fetch(`${url}healthz`)).json()).toEqual({ ok: true, height: 0 });

      const asked = fabula("tip", "--url", url, "--json");
      expect(await asked.ended).toBe(0);
      expect(asked.stderr()).toBe("");
      const tip: unknown = JSON.parse(asked.stdout());
      expect(tip).toMatchObject({
        height: 0,
        work: "0",
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });

      const busy = fabula("tip", "--url", "http://127.0.0.1:9/");
      expect(await busy.ended).toBe(1);
      expect([busy.stdout(), busy.stderr()]).toEqual([
        "",
        expect.stringContaining("data-folder-in-use"),
      ]);

      run.child.kill(signal);
      expect(await run.ended).toBe(0);
      expect(run.stdout()).toBe(`Fabula is ready: ${url}\n`);
      for (const line of run.stderr().trim().split("\n"))
        expect(JSON.parse(line)).toHaveProperty("level");

      const stored = fabula("tip", "--url", "http://127.0.0.1:9/", "--json");
      expect(await stored.ended).toBe(0);
      expect(JSON.parse(stored.stdout())).toEqual(tip);
      expect(stored.stderr()).toContain("no lighthouse answers");
    },
    30_000,
  );

  it("tip without lighthouse and data folder says what to do, and ends with 1", async () => {
    const { ended, stdout, stderr } = fabula("tip", "--url", "http://127.0.0.1:9/");
    expect(await ended).toBe(1);
    expect(stdout()).toBe("");
    expect(stderr()).toContain("start a lighthouse with: fabula run --data");
  });

  it.each([
    [["run", "--pace", "abc"], "whole number"],
    [["run", "--port", "70000"], "whole number"],
    [["dance"], "unknown command"],
    [["tip", "--nonsense"], "unknown option"],
  ])("%j is not understood, and ends with 2", async (args, text) => {
    const { ended, stdout, stderr } = fabula(...args);
    expect(await ended).toBe(2);
    expect([stdout(), stderr()]).toEqual(["", expect.stringContaining(text)]);
  });

  it("refuses half of a TLS pair and files that are not there, with 1", async () => {
    const half = fabula("run", "--tls-cert", "cert.pem");
    expect(await half.ended).toBe(1);
    expect(half.stderr()).toContain("--tls-key together");
    const absent = fabula(
      "run",
      "--tls-cert",
      join(folder(), "a"),
      "--tls-key",
      join(folder(), "b"),
    );
    expect(await absent.ended).toBe(1);
    expect(absent.stderr()).toContain("tls-file-unreadable");
  });

  it("ends quietly when nobody reads on, as before `head`", async () => {
    const { child, stderr, ended } = fabula("run", "--help");
    child.stdout?.destroy();
    expect([await ended, stderr()]).toEqual([0, ""]);
  });

  it("prints help and version on stdout", async () => {
    const help = fabula("--help");
    expect(await help.ended).toBe(0);
    expect(help.stdout()).toContain("Exit codes: 0 done; 1 could not be done");
    expect(help.stdout()).toContain("3 the answer is no");
    for (const lab of [["lab"], ["lab", "run"]]) {
      const text = fabula(...lab, "--help");
      expect(await text.ended).toBe(0);
      expect(text.stdout()).toContain("2 not understood.\nResults go to stdout");
    }
    const version = fabula("--version");
    expect(await version.ended).toBe(0);
    expect(version.stdout()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

const EXAMPLE = {
  from_: "alice",
  to: "bob",
  amount_consumer: 5,
  amount_industrial: 0,
  fee: 10,
  fee_selector: 0,
  nonce: 0,
  memo: "64656d6f",
};
const STORY = "ab".repeat(32);
const NOBODY = "http://127.0.0.1:9/";

describe("fabula without a lighthouse", () => {
  it("makes, keeps, shows and imports keys, and never replaces one", async () => {
    const address = await printed("generate-key", "alice");
    expect(address).toMatch(/^[0-9a-f]{64}$/);
    expect(await printed("show-address", "alice")).toBe(address);
    const path = join(folder(), "keys", "alice.pem");
    const text = await readFile(path, "utf8");
    expect(text).toMatch(/^-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder(), "keys"))).mode & 0o777).toBe(0o700);

    const again = await outcome("generate-key", "alice");
    expect([again.code, again.stdout]).toEqual([1, ""]);
    expect(again.stderr).toContain("[key-exists]");
    expect(await readFile(path, "utf8")).toBe(text);

    const kernelKey = Buffer.from(vectors.seed, "hex").toString("base64");
    const file = join(folder(), "theirs.pem");
    const label = "ED25519 PRIVATE KEY";
    await writeFile(file, `-----BEGIN ${label}-----\n${kernelKey}\n-----END ${label}-----\n`);
    const imported: unknown = JSON.parse(await printed("import-key", file, "--json"));
    expect(imported).toEqual({
      name: "theirs",
      address: expect.stringMatching(/^8a88e3dd.{52}6f5c$/),
      path: join(folder(), "keys", "theirs.pem"),
    });
    expect(await printed("import-key", path, "--name", "copy")).toBe(address);
  }, 30_000);

  it("says in one line which key file is missing, and ends with 1", async () => {
    const stderr = "key file not found: nonexistent.pem";
    expect(await outcome("import-key", "nonexistent.pem")).toEqual({ code: 1, stdout: "", stderr });
    const { code, stderr: named } = await outcome("show-address", "nobody");
    expect([code, named]).toEqual([
      1,
      `key file not found: ${join(folder(), "keys", "nobody.pem")}`,
    ]);
  });

  it("[TX-0] prints the dual-token kernel's example as its 69 bytes, and reads them", async () => {
    expect(await printed("canonical-payload", JSON.stringify(EXAMPLE))).toBe(vectors.payloadHex);
    const asJson = await printed("canonical-payload", JSON.stringify(EXAMPLE), "--json");
    expect(JSON.parse(asJson)).toEqual({ payload: vectors.payloadHex, sizeBytes: 69 });
    expect(JSON.parse(await printed("decode-payload", vectors.payloadHex))).toEqual(EXAMPLE);
    const { code, stderr } = await outcome("canonical-payload", "{}");
    expect([code, stderr]).toEqual([1, expect.stringContaining("from_: missing [bad-payload]")]);
  }, 30_000);

  it("[TX-2] signs for one story; elsewhere the signature does not hold, and the code is 3", async () => {
    const address = await printed("generate-key", "alice");
    const payload = JSON.stringify({ ...EXAMPLE, from_: address, to: address, nonce: 1, fee: 500 });
    const sign = ["sign-tx", "--key", "alice", "--story", STORY, "--url", NOBODY];
    const { tx, txid } = JSON.parse(await printed(...sign, payload, "--json")) as {
      tx: string;
      txid: string;
    };
    expect(await printed("sign-tx", "alice", payload, "--story", STORY)).toBe(tx);
    const verified = await printed("verify-sig", tx, "--story", STORY, "--json");
    expect(JSON.parse(verified)).toEqual({ valid: true, signer: address, txid });
    const elsewhere = await outcome("verify-sig", tx, "--story", "cd".repeat(32));
    expect(elsewhere).toEqual({ code: 3, stdout: "not valid", stderr: "" });

    const cheap = payload.replace("500", "1");
    const warned = await outcome(...sign, cheap);
    expect([warned.code, warned.stderr]).toEqual([0, expect.stringContaining("fee_too_low (10)")]);
    const foreign = await outcome(...sign, JSON.stringify(EXAMPLE));
    expect([foreign.code, foreign.stdout]).toEqual([1, ""]);
    const unnamed = await outcome("sign-tx", "alice", payload, "--url", NOBODY);
    expect([unnamed.code, unnamed.stderr]).toEqual([1, expect.stringContaining("--story")]);
  }, 30_000);

  it("[SIG-1] checks a signature of the dual-token kernel over its own domain", async () => {
    await initKernel();
    const message = bytesFromHex(vectors.domain + vectors.payloadHex);
    const signature = hexFromBytes(signWithSeed(bytesFromHex(vectors.seed), message));
    const key = "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c";
    const check = ["verify-sig", "--tag", "original", "--public-key", key, "--signature"];
    const verified = await printed(...check, signature, JSON.stringify(EXAMPLE), "--json");
    expect(JSON.parse(verified)).toEqual({ valid: true, signer: key, txid: vectors.txid });
    expect((await outcome(...check, `00${signature.slice(2)}`, vectors.payloadHex)).code).toBe(3);
    expect((await outcome("verify-sig", JSON.stringify(EXAMPLE))).stderr).toContain("--public-key");
  });
});

describe("fabula with a lighthouse", () => {
  it("shows, exports, signs for its story, and lets only the token's owner mine", async () => {
    const run = fabula("run", "--title", "Dunes", "--premise", "A dry sea.");
    const url = await readyUrl(run);
    const at = ["--url", url];

    expect(await printed("story", "show", ...at)).toBe("Dunes\n\nA dry sea.");
    const exported = JSON.parse(await printed("story", "export", ...at)) as {
      genesis: string;
      story: string;
    };
    expect(exported).toMatchObject({ format: "fabula-story/1", height: 0, blocks: [] });
    expect(storyIdOf(decodeGenesis(bytesFromHex(exported.genesis)))).toBe(exported.story);
    const file = join(folder(), "story.md");
    expect(await printed("story", "export", "--format", "md", "--out", file, ...at)).toBe(file);
    expect(await readFile(file, "utf8")).toMatch(/^# Dunes\n\n\*A dry sea\.\*\n/);
    expect((await outcome("story", "export", "--out", file, ...at)).code).toBe(1);

    const address = await printed("generate-key", "alice");
    const payload = JSON.stringify({ ...EXAMPLE, from_: address, to: address, nonce: 1, fee: 500 });
    const tx = await printed("sign-tx", "alice", payload, ...at);
    expect(await printed("verify-sig", tx, "--story", exported.story)).toBe("valid");
    const balance = { address, consumer: "0", industrial: "0" };
    expect(JSON.parse(await printed("balance", "alice", "--json", ...at))).toEqual(balance);
    expect(await printed("balance", address, ...at)).toContain("0 units (0.000000 tokens)");

    const elsewhere = ["--data", join(folder(), "none")];
    const refused = await outcome("mine", "start", ...at, ...elsewhere);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("[token-needed]")]);
    const started: unknown = JSON.parse(await printed("mine", "start", "--json", ...at));
    expect(started).toMatchObject({ consent: true, preset: "gentle", writer: "builtin" });
    const token = (await readFile(join(folder(), "data", "rpc-token"), "utf8")).trim();
    const stop = ["mine", "stop", "--json", "--token", token, ...at, ...elsewhere];
    expect(JSON.parse(await printed(...stop))).toMatchObject({ consent: false });

    const made = await printed("story", "new", "Rain", "--network", "test", "--json", ...at);
    expect(JSON.parse(made)).toMatchObject({ link: expect.stringContaining("http") });
    expect(await printed("story", "show", ...at)).toBe("Rain");
    run.child.kill("SIGTERM");
    expect(await run.ended).toBe(0);
  }, 60_000);
});
