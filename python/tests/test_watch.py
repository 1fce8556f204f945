"""What `watch` stores of a PyTorch training. Skipped where PyTorch is not installed."""

import json
import math
import unittest
from typing import Any, Dict, List, Optional


from .test_client import ClientTest

try:
    import torch
except ImportError:
    torch = None  # type: ignore[assignment]


@unittest.skipIf(torch is None, "PyTorch is not installed")
class WatchTest(ClientTest):
    def train(self, model: Any, optimizer: Any, steps: int, spoil: Optional[int] = None, **options: Any) -> List[float]:
        generator = torch.Generator().manual_seed(1)
        x = torch.randn(64, 6, generator=generator)
        y = (x[:, 0] + x[:, 1] > 0).long()
        criterion = torch.nn.CrossEntropyLoss()
        losses = []
        with self.init() as run:
            if options.pop("watched", True):
                run.watch(model, optimizer, criterion=criterion, **options)
            for step in range(steps):
                if step == spoil:
                    with torch.no_grad():
                        model[2].weight[0, 0] = math.nan
                optimizer.zero_grad()
                loss = criterion(model(x), y)
                loss.backward()
                optimizer.step()
                losses.append(float(loss))
                run.log({"train/loss": loss})
        return losses

    def network(self) -> Any:
        torch.manual_seed(0)
        return torch.nn.Sequential(torch.nn.Linear(6, 8), torch.nn.ReLU(), torch.nn.Linear(8, 8), torch.nn.Tanh(), torch.nn.Dropout(0.2), torch.nn.Linear(8, 2))

    def points(self, prefix: str) -> Dict[str, List[Any]]:
        found: Dict[str, List[Any]] = {}
        for name, step, value in self.rows("SELECT name, step, value FROM points WHERE name LIKE ? ORDER BY step", prefix + "%"):
            found.setdefault(name, []).append((step, value))
        return found

    def test_changes_nothing_and_logs_activations_of_fixed_rows(self) -> None:
        plain_model = self.network()
        plain = self.train(plain_model, torch.optim.SGD(plain_model.parameters(), lr=0.1), 12, watched=False)
        model = self.network()
        losses = self.train(model, torch.optim.SGD(model.parameters(), lr=0.1), 12, rows=torch.randn(32, 6, generator=torch.Generator().manual_seed(2)), activations=5)
        self.assertEqual(losses, plain)
        self.assertTrue(model.training)
        self.assertEqual([step for step, _ in self.points("dead-fraction/")["dead-fraction/1"]], [0, 5, 10])
        self.assertEqual(list(self.points("saturated-units/")), ["saturated-units/3"])
        self.assertEqual(sorted(self.points("activation-std/")), ["activation-std/1", "activation-std/3"])
        self.assertEqual(self.points("optimizer/lr")["optimizer/lr"], [(0, 0.1), (10, 0.1)])

    def test_names_loss_and_optimizer_and_measures_the_gradient_of_coupled_decay(self) -> None:
        model = self.network()
        self.train(model, torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=0.5), 1)
        payload = json.loads(self.one("SELECT payload FROM records WHERE name = 'training'"))
        self.assertEqual(payload["data"], {"optimizer": "SGD", "loss": "CrossEntropyLoss"})
        norm = self.points("weight-norm/global")["weight-norm/global"][0][1]
        self.assertAlmostEqual(self.points("train/penalty-gradient-norm")["train/penalty-gradient-norm"][0][1], 0.5 * norm)

    def test_tells_which_units_are_alike(self) -> None:
        model = self.network()
        for layer in (model[0], model[2]):
            torch.nn.init.constant_(layer.weight, 0.1)
            torch.nn.init.zeros_(layer.bias)
        model[4].p = 0.0
        torch.nn.init.constant_(model[5].weight, 0.1)
        self.train(model, torch.optim.SGD(model.parameters(), lr=0.1), 11)
        twins = self.points("twin-units/")
        self.assertEqual(twins["twin-units/0"], [(0, 1.0), (10, 1.0)])
        self.assertEqual(twins["twin-units/5"], [(0, 1.0), (10, 0.0)])
        self.assertEqual(twins["twin-units/highest"], [(0, 1.0), (10, 1.0)])

    def test_random_units_are_not_alike(self) -> None:
        model = self.network()
        self.train(model, torch.optim.SGD(model.parameters(), lr=0.1), 11)
        self.assertEqual(self.points("twin-units/"), {"twin-units/highest": [(0, 0.0)]})

    def test_names_the_first_weights_that_were_not_finite(self) -> None:
        model = self.network()
        self.train(model, torch.optim.SGD(model.parameters(), lr=0.1), 9, spoil=3)
        self.assertEqual(self.points("non-finite-weights/"), {"non-finite-weights/2": [(3, 1.0)]})
        self.assertIn("non-finite-gradients/5/bias", self.points("non-finite-gradients/"))


del ClientTest

if __name__ == "__main__":
    unittest.main()
