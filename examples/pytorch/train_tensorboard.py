"""A script written for torch.utils.tensorboard, its import changed to `from lossboard import SummaryWriter`.
`python examples/pytorch/train_tensorboard.py`"""

import torch
from digits import accuracy, batches, network, split
from lossboard import SummaryWriter, watch
from torch import nn

LR, BATCH, EPOCHS, SEED = 3e-3, 64, 2, 0
images, labels = split("train")
test_images, test_labels = split("t10k")
model = network(SEED)
optimizer = torch.optim.AdamW(model.parameters(), lr=LR, weight_decay=0.01)
criterion = nn.CrossEntropyLoss()

with SummaryWriter("runs/tensorboard", project="pytorch", tags=["example"]) as writer:
    writer.add_images("first batch", images[:16] * 0.3081 + 0.1307, 0)
    watch(model, optimizer, criterion=criterion)
    step = 0
    for epoch in range(EPOCHS):
        for x, y in batches(images, labels, BATCH, SEED + epoch):
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            writer.add_scalar("train/loss", loss, step)
            step += 1
        writer.add_scalar("val/accuracy", accuracy(model, test_images, test_labels), step - 1)
        for name, weight in model.named_parameters():
            writer.add_histogram(name, weight, step - 1)
    with torch.no_grad():
        ones = model(test_images).softmax(1)[:, 1]
    writer.add_pr_curve("is it a 1", test_labels == 1, ones, step - 1)
    final = accuracy(model, test_images, test_labels)
    writer.add_hparams({"lr": LR, "batch": BATCH, "epochs": EPOCHS}, {"accuracy": final})
    print(f"{final:.4f} of the test digits are told right")
