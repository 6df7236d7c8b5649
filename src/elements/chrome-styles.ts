/** Styles that the parts of the player's frame share. Colours and sizes are the tokens of src/styles/tokens.css. */
import { css } from 'lit';

export const chromeStyles = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :host {
    font-family: var(--font-ui);
    color: var(--ink);
  }
  a {
    color: inherit;
  }
  button {
    font: inherit;
    color: inherit;
  }
  :focus-visible {
    outline: var(--focus-width) solid var(--focus);
    outline-offset: 2px;
    border-radius: var(--radius-small);
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media print {
    :host {
      display: none !important;
    }
  }
`;
