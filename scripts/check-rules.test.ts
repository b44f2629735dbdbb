import { describe, expect, it } from "vitest";
import { judge, missingLimits, parseCitations, parseResolved, parseRules } from "./check-rules.mjs";

const PROTOCOL = `# Protocol
- ENC-1 Fixed layouts.
- RWD-1b Scaled by work,
  and continued [planned: issue 7] here.

Some text about [planned: issue 9] things.
- TX-1 Addresses [planned: issue 3].
`;
const citing = (source: string) => [{ path: "a.test.ts", source }];

describe("check-rules", () => {
  it("reads rules, with marks on continuation lines", () => {
    const { rules, problems } = parseRules(PROTOCOL);
    expect(problems).toEqual([]);
    expect(
      rules.map(({ id, planned }: { id: string; planned: number[] }) => [id, planned]),
    ).toEqual([
      ["ENC-1", []],
      ["RWD-1b", [7]],
      ["TX-1", [3]],
    ]);
  });

  it("reads citations only from the titles of tests that run", () => {
    const source = [
      'it("[ENC-1] one", () => {});',
      "it.each([[1], [2]])('[HDR-1, HDR-2] two %i', () => {});",
      "describe(`[MEM-3] three`, () => {});",
      'it.skip("[ENC-9] skipped", () => {});',
      "test.todo('[ENC-8] todo');",
      'const text = "[ENC-7] not a title";',
    ].join("\n");
    expect(parseCitations(source)).toEqual(new Set(["ENC-1", "HDR-1", "HDR-2", "MEM-3"]));
  });

  it("passes when each rule is cited or planned, and lists the planned ones", () => {
    const tests = citing('it("[ENC-1] a", () => {});');
    const { problems, planned } = judge({ protocol: PROTOCOL, changelog: "", tests });
    expect(problems).toEqual([]);
    expect(planned).toEqual(["RWD-1b (issue 7)", "TX-1 (issue 3)"]);
  });

  it("refuses a rule without a test, and a citation without a rule", () => {
    const tests = citing('it("[ENC-2] a", () => {});');
    const { problems } = judge({ protocol: PROTOCOL, changelog: "", tests });
    expect(problems).toEqual([
      "a.test.ts cites ENC-2, which docs/PROTOCOL.md does not define",
      "ENC-1 (line 2) is cited by no test",
    ]);
  });

  it("refuses a planned mark of a resolved issue", () => {
    const changelog = "## 0.1.0 <!-- resolved: issue 2 -->\n<!-- resolved: issue 3 -->";
    expect(parseResolved(changelog)).toEqual([2, 3]);
    const tests = citing('it("[ENC-1] a", () => {});');
    const { problems } = judge({ protocol: PROTOCOL, changelog, tests });
    expect(problems).toEqual(["TX-1 (line 7) is still planned for issue 3, which is resolved"]);
  });

  it("refuses marks that name no issue number, rules defined twice, and an empty document", () => {
    const judged = (protocol: string) => judge({ protocol, changelog: "", tests: [] }).problems;
    expect(judged("- A-1 x")).toContain("docs/PROTOCOL.md defines no rules");
    expect(judged("- NET-5 [planned: the mesh issue]\n")).toContain(
      "line 1: write [planned: issue N], not [planned: the mesh issue]",
    );
    expect(judged("- NET-5 x [planned: issue 4]\n- NET-5 y\n")).toContain("NET-5 is defined twice");
  });

  it("misses caps that the document of limits does not name", () => {
    const limits = [
      {
        path: "src/a/limits.ts",
        source: "export const MAX_A = 1;\nexport const MAX_B: number = 2;\n",
      },
    ];
    expect(missingLimits("| `MAX_A` | 1 |", limits)).toEqual([
      "src/a/limits.ts: MAX_B is not in docs/LIMITS.md",
    ]);
    expect(missingLimits("| `MAX_A`, `MAX_B.key` |", limits)).toEqual([]);
  });
});
