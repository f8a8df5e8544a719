document.getElementById("trap").addEventListener("keydown", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.key === "k") document.getElementById("typed").textContent += " k";
});
