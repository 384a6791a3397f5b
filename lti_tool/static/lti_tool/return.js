/* The answer of the picker goes back to the platform by itself; without this script a button does it. */
(() => {
  "use strict";
  document.querySelector("form[data-lti-return]")?.submit();
})();
