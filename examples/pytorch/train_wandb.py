"""A script written for wandb, its first line changed: `import lossboard as wandb`. `python examples/pytorch/train_wandb.py`"""

import lossboard as wandb
import torch
import torch.nn.functional as F
from digits import accuracy, batches, network, split

with wandb.init(project="pytorch", name="wandb", entity="me", config={"lr": 0.05, "batch": 64, "epochs": 2, "seed": 0}, tags=["example"]) as run:
    config = wandb.config
    wandb.define_metric("val/accuracy", summary="max")
    images, labels = split("train")
    test_images, test_labels = split("t10k")
    model = network(config.seed)
    # The optimizer is found at its first step.
    wandb.watch(model, log="all", log_freq=100)
    optimizer = torch.optim.SGD(model.parameters(), lr=config.lr, momentum=0.9)

    for epoch in range(config.epochs):
        for x, y in batches(images, labels, config.batch, config.seed + epoch):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            wandb.log({"train/loss": loss.item()})
        wandb.log({"val/accuracy": accuracy(model, test_images, test_labels), "epoch": epoch + 1})

    with torch.no_grad():
        scores = model(test_images)
    wrong = (scores.argmax(1) != test_labels).nonzero().flatten()[:50]
    rows = [[int(i), int(test_labels[i]), int(scores[i].argmax())] for i in wrong]
    wandb.log({"mistakes": wandb.Table(columns=["digit", "is", "was taken for"], data=rows), "scores": wandb.Histogram(scores)})
    run.summary["accuracy"] = accuracy(model, test_images, test_labels)
    print(f"{run.summary['accuracy']:.4f} of the test digits are told right")
