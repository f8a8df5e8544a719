document.getElementById("trap").addEventListener("keydown", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.key === "k") document.getElementById("typed").textContent += " k";
});
// The probe of the keyboard wants a text that rests.
let ticks = 0;
const ticking = setInterval(() => { document.getElementById("ticks").textContent = ++ticks % 10; }, 100);
window.addEventListener("resize", () => clearInterval(ticking));
window.addEventListener("devicemotion", (event) => {
  document.getElementById("tilt").textContent = event.rotationRate.gamma;
});
