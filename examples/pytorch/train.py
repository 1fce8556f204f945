"""Trains on real digits and logs with `import lossboard`. `python examples/pytorch/train.py`, then `npx lossboard`."""

import lossboard
import torch
from digits import accuracy, batches, network, split
from torch import nn

run = lossboard.init(project="pytorch", name="lossboard", config={"lr": 3e-3, "batch": 64, "epochs": 2, "seed": 0}, tags=["example"])
run.define_metric("val/accuracy", goal="max")
config = run.config

images, labels = split("train")
test_images, test_labels = split("t10k")
model = network(config.seed)
optimizer = torch.optim.Adam(model.parameters(), lr=config.lr)
criterion = nn.CrossEntropyLoss()
total = config.epochs * (len(labels) // config.batch)
run.watch(model, optimizer, criterion=criterion, total_steps=total, rows=images[:256])

step = 0
for epoch in range(config.epochs):
    for x, y in batches(images, labels, config.batch, config.seed + epoch):
        optimizer.zero_grad()
        scores = model(x)
        loss = criterion(scores, y)
        loss.backward()
        optimizer.step()
        run.log({"train/loss": loss, "train/accuracy": (scores.argmax(1) == y).float().mean(), "epoch": step / total * config.epochs}, step=step)
        step += 1
    run.log({"val/accuracy": accuracy(model, test_images, test_labels)}, step=step - 1)

with torch.no_grad():
    wrong = (model(test_images).argmax(1) != test_labels).nonzero().flatten()[:16]
    run.log({f"mistakes/{int(test_labels[i])}-{int(i)}": lossboard.Image(read_back) for i, read_back in ((i, test_images[i] * 0.3081 + 0.1307) for i in wrong)}, step=step - 1)
run.summary["accuracy"] = accuracy(model, test_images, test_labels)
print(f"{run.summary['accuracy']:.4f} of the test digits are told right")
run.finish()
