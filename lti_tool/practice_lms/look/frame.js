// A tool may say how high its page is; only the tool in our iframe is listened to.
const frame = document.getElementById("tool");
window.addEventListener("message", (event) => {
  if (!frame || event.source !== frame.contentWindow) return;
  const message = event.data;
  if (!message || message.subject !== "lti.frameResize") return;
  const height = Number(message.height);
  if (height >= 200 && height <= 20000) frame.setAttribute("height", String(Math.ceil(height)));
});
