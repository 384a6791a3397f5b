// Sends the one form of the page on, as the form_post response mode of OpenID Connect asks.
document.querySelector("form[data-submit]").submit();
