"""What two nets at odds meet in PyTorch's own layers, and where Keras differs.

make test-backends runs this file, on PyTorch. Its name keeps it out of make test:
PyTorch is not among what the course needs. Seen with PyTorch 2.13.0.
"""

import numpy as np
import pytest
import torch
from torch import nn

FOUR = torch.tensor([[0.0], [2], [4], [6]])


def test_a_detective_without_gradients_still_passes_slopes_and_renews_its_averages():
    norm = nn.BatchNorm1d(1).requires_grad_(False)
    x = FOUR.clone().requires_grad_(True)
    norm(x).square().sum().backward()
    assert x.grad is not None and norm.weight.grad is None
    assert abs(norm(FOUR).mean()) < 1e-6, "by the batch, as if it learned"
    assert norm.running_mean > 0, "Keras' frozen layer keeps its averages"
    norm.eval()
    assert abs(norm(FOUR).mean()) > 1


def test_running_averages_keep_9_in_10_and_divide_by_one_row_less():
    norm = nn.BatchNorm1d(1)
    norm(FOUR)
    assert (norm.momentum, norm.eps) == (0.1, 1e-5)
    found = norm.running_mean.item(), norm.running_var.item()
    assert np.allclose(found, [0.1 * 3, 0.9 + 0.1 * 20 / 3])


def test_far_from_0_the_variance_of_a_batch_is_kept():
    x = torch.from_numpy(np.random.default_rng(0).normal(1000, 0.1, (256, 1)))
    norm = nn.BatchNorm1d(1, eps=1e-3)
    spread = norm(x.float()).std(unbiased=False).item()
    variance = x.var(unbiased=False).item()
    assert np.isclose(spread, np.sqrt(variance / (variance + 1e-3)), rtol=1e-3)


def test_a_batch_of_one_row_is_refused():
    with pytest.raises(ValueError, match="more than 1 value per channel"):
        nn.BatchNorm1d(2)(torch.ones(1, 2))


@pytest.mark.parametrize(
    "size, padding, extra, first",
    [(4, 1, 0, 3), (6, 2, 0, 2), (2, 0, 0, 4), (3, 1, 1, 3), (5, 2, 1, 2)],
)
def test_an_even_kernel_paints_where_keras_does_an_odd_one_a_pixel_earlier(
    size, padding, extra, first
):
    layer = nn.ConvTranspose1d(1, 1, size, 2, padding, extra, bias=False)
    layer.weight.data = torch.arange(1.0, size + 1).reshape(1, 1, -1)
    image = torch.zeros(1, 1, 5)
    image[0, 0, 2] = 1
    ink = [0] * first + [*range(1, size + 1)] + [0] * (10 - first - size)
    assert layer(image).detach().ravel().tolist() == ink


@pytest.mark.parametrize(
    "logit, label, loss, slope",
    [
        (-20, 1, 20, -1),
        (-30, 1, 30, -0.094),
        (-100, 1, 100, 0),
        (16, 0, 15.94, 1),
        (17, 0, 100, 0),
    ],
)
def test_behind_a_saturated_sigmoid_bceloss_jumps_and_stops_by_logits_it_does_not(
    logit, label, loss, slope
):
    for criterion, squash, expected in (
        (nn.BCELoss(), torch.sigmoid, (loss, slope)),
        (nn.BCEWithLogitsLoss(), lambda a: a, (abs(logit), np.sign(logit))),
    ):
        a = torch.tensor([float(logit)], requires_grad=True)
        found = criterion(squash(a), torch.tensor([float(label)]))
        found.backward()
        assert np.allclose([found.item(), a.grad.item()], expected, atol=5e-3)


def test_only_the_loss_of_many_classes_smooths_labels_over_both():
    with pytest.raises(TypeError, match="label_smoothing"):
        nn.BCEWithLogitsLoss(label_smoothing=0.2)
    loss = nn.CrossEntropyLoss(label_smoothing=0.2)
    found = loss(torch.tensor([[0.0, 1.3]]), torch.tensor([1])).item()
    D = 1 / (1 + np.exp(-1.3))
    assert np.isclose(found, -0.9 * np.log(D) - 0.1 * np.log(1 - D))


def test_the_forgers_step_leaves_its_slopes_in_the_detective():
    forger, detective = nn.Linear(1, 1), nn.Linear(1, 1)
    optimiser, z = torch.optim.SGD(forger.parameters(), 0.1), torch.ones(1, 1)
    optimiser.zero_grad()
    detective(forger(z)).sum().backward()
    optimiser.step()
    assert detective.weight.grad is not None
    left = detective.bias.grad.item()
    detective(forger(z).detach()).sum().backward()
    assert detective.bias.grad.item() == 2 * left, "added, unless zero_grad comes first"


def test_float32_means_of_a_million_rows_are_right():
    x = torch.full((1_000_000, 2), 0.1)
    assert abs(x.mean(axis=0)[0].item() - 0.1) < 1e-6


def test_an_averaged_model_leaves_the_net_alone_and_takes_its_averages_as_they_are():
    net = nn.Sequential(nn.Linear(1, 1, bias=False), nn.BatchNorm1d(1))
    mean = torch.optim.swa_utils.AveragedModel(net)
    for weight in 1.0, 2.0, 6.0:
        net[0].weight.data.fill_(weight)
        net(FOUR)
        mean.update_parameters(net)
    assert net[0].weight.item() == 6 and mean.module[0].weight.item() == 3
    assert mean.module[1].running_mean == net[1].running_mean, "of the last weights"
