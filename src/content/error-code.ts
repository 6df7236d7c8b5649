/** Whether an error is the system's word for something, such as `ENOENT` for a file that is not there. */
export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
