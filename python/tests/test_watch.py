"""What `watch` stores of a PyTorch training. Skipped where PyTorch is not installed."""

import json
import math
import unittest
from typing import Any, Dict, List, Optional

from lossboard._ratio_edges import RATIO_EDGES

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

    def test_update_ratios_are_those_of_a_direct_computation(self) -> None:
        torch.manual_seed(0)
        model = torch.nn.Sequential(torch.nn.Conv2d(1, 4, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(144, 3))
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        x, y = torch.randn(16, 1, 8, 8), torch.randint(0, 3, (16,))
        direct: List[Any] = []
        with self.init() as run:
            run.watch(model, optimizer, updates=1, gradients=1, histograms=1)
            for step in range(5):
                optimizer.zero_grad()
                torch.nn.functional.cross_entropy(model(x), y).backward()
                before = {label: model[int(label)].weight.detach().double().clone() for label in ("0", "3")}
                optimizer.step()
                for label, old in before.items():
                    change = model[int(label)].weight.detach().double() - old
                    direct.append((label, step, float(change.norm() / old.norm()), float(model[int(label)].weight.grad.double().norm()), old, change))
                run.log({"x": 0.0})
        ratios, norms = self.points("update-ratio/"), self.points("gradient-norm/")
        histograms = {
            (name, step): json.loads(payload)
            for name, step, payload in self.rows("SELECT name, step, payload FROM records WHERE name LIKE 'update-ratio-histogram/%'")
        }
        self.assertEqual(len(histograms), len(direct))
        for label, step, ratio, norm, old, change in direct:
            self.assertEqual(ratios[f"update-ratio/{label}"][step][0], step)
            self.assertAlmostEqual(ratios[f"update-ratio/{label}"][step][1] / ratio, 1.0, delta=1e-12)
            self.assertAlmostEqual(norms[f"gradient-norm/{label}"][step][1] / norm, 1.0, delta=1e-12)
            each = [float(ratio) for ratio in (change.abs() / old.abs()).flatten() if ratio > 0]
            stored = histograms[f"update-ratio-histogram/{label}", step]
            self.assertEqual(sum(stored["counts"]) + stored["underflow"] + stored["overflow"] + stored["tinyWeight"], len(each))
            for decade in range(-8, 0):
                counted = sum(stored["counts"][k] for k in range(80) if RATIO_EDGES[k] >= 10.0**decade * (1 - 1e-9))
                self.assertEqual(counted, sum(RATIO_EDGES[80] > ratio >= 10.0**decade for ratio in each), decade)

    def test_the_optimizer_of_watch_model_is_found_at_its_first_step(self) -> None:
        try:
            from torch.optim.optimizer import register_optimizer_step_pre_hook  # noqa: F401
        except ImportError:
            self.skipTest("PyTorch is older than 2.0")
        model, other = self.network(), self.network()
        with self.init() as run:
            run.watch(model, log="all", log_freq=100, updates=1)
            for optimizer in (torch.optim.SGD(other.parameters(), lr=0.1), torch.optim.SGD(model.parameters(), lr=0.1)):
                for _ in range(3):
                    optimizer.zero_grad()
                    (other if optimizer.param_groups[0]["params"][0] is other[0].weight else model)(torch.ones(2, 6)).sum().backward()
                    optimizer.step()
                    run.log({"x": 0.0})
        self.assertEqual([step for step, _ in self.points("update-ratio/")["update-ratio/0"]], [4, 5])


del ClientTest

if __name__ == "__main__":
    unittest.main()
