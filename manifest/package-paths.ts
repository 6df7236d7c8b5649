/** Where the files that every package has stand in it. The document links its script and style by these names. */
export const packagePaths = {
  /** The file that an LMS launches. */
  document: 'index.html',
  script: 'course.js',
  style: 'course.css',
  /** Holds the course's id. The player asks for it to see whether the LMS still serves the package, not a login page. */
  online: 'online.txt',
} as const;
