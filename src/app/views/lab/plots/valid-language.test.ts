import { expect, it } from "vitest";
import { mendLanguage } from "./valid-language.ts";

it.each([
  ["en-US@posix", "en-US"],
  ["C", "en"],
  ["", "en"],
  ["de-CH", "de-CH"],
])("makes of %j the language %j", (given, wanted) => {
  const navigator = { language: given };
  mendLanguage(navigator);
  expect(navigator.language).toBe(wanted);
  expect(() => new Intl.NumberFormat(navigator.language)).not.toThrow();
});
