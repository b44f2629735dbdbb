/**
 * Some systems give the browser a language that is no language tag ("en-US@posix" under LANG=C), and the
 * plotting library hands it to `Intl` as it is loaded.
 *
 * @module
 */

/** Sees to it that `navigator.language` is a tag that `Intl` takes. */
export function mendLanguage(navigator: { readonly language: string }): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    const language = navigator.language.split(/[^A-Za-z0-9-]/u)[0] ?? "";
    Object.defineProperty(navigator, "language", {
      value: isTag(language) ? language : "en",
      configurable: true,
    });
  }
}

function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1;
  } catch {
    return false;
  }
}
