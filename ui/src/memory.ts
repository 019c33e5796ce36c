/** What the window itself remembers between runs: which explanations have been read. Never a fact, never a secret. */
type Remembered = "lending-told";

export function remembered(what: Remembered): boolean {
  try {
    return localStorage.getItem(what) !== null;
  } catch {
    // A window without a store is told again; that harms nobody.
    return false;
  }
}

export function remember(what: Remembered): void {
  try {
    localStorage.setItem(what, "yes");
  } catch {
    // As above.
  }
}

export function forgetEverything(): void {
  try {
    localStorage.clear();
  } catch {
    // Nothing was kept.
  }
}
