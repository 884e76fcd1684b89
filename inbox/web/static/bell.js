/* What is heard. */
(() => {
  const { $ } = desk;

  /* A sound when a customer writes, for who wants one; browsers let it be heard once something
     was pressed. What comes together sounds once. */
  let rang = 0;
  $("#live")?.addEventListener("changed", ({ currentTarget, detail }) => {
    const news = JSON.parse(detail.data);
    const isMail = ["conversation.opened", "message.received"].includes(news.name) && news.by === null;
    if (!("sound" in currentTarget.dataset) || !isMail || Date.now() - rang < 3000) return;
    rang = Date.now();
    const context = new AudioContext();
    [660, 880].forEach((pitch, number) => {
      const tone = new OscillatorNode(context, { frequency: pitch });
      const volume = new GainNode(context, { gain: 0 });
      const at = context.currentTime + number * 0.14;
      volume.gain.setTargetAtTime(0.08, at, 0.01);
      volume.gain.setTargetAtTime(0, at + 0.08, 0.06);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.5);
      if (number) tone.onended = () => context.close();
    });
  });
})();
