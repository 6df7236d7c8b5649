/** A fault that whoever calls can mend. The message says in four lines what is wrong and what to do. */
export abstract class MendableError extends Error {
  /**
   * @param complaint - what is wrong, in a few words
   * @param words - what was expected, what was found, what to do
   */
  constructor(
    complaint: string,
    { expected, found, hint }: { readonly expected: string; readonly found: string; readonly hint: string },
  ) {
    super([complaint, `  expected  ${expected}`, `  found     ${found}`, `  hint      ${hint}`].join('\n'));
  }
}
