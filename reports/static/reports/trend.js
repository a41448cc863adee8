/* Draws what the table beside each chart says in figures. Without this file the tables stand alone. */
"use strict";

(function () {
  var data = JSON.parse(document.getElementById("trend-data").textContent);
  var charts = [];

  function option(series) {
    function line(name, values, colour, type) {
      return {
        name: name, type: "line", data: values, connectNulls: false, symbolSize: 7,
        itemStyle: { color: colour }, lineStyle: { color: colour, type: type, width: 2 }
      };
    }
    return {
      animation: false,
      grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
      xAxis: { type: "category", data: series.names },
      yAxis: { type: "value", name: series.unit, min: 0, max: series.unit === "%" ? 100 : null },
      series: [
        line("this", series.this, "#1f5fa8", "solid"),
        line("last", series.last, "#8a6d1d", "dashed")
      ]
    };
  }

  data.series.forEach(function (series) {
    var place = document.querySelector("[data-chart='" + series.key + "']");
    place.parentElement.hidden = false;
    var chart = window.echarts.init(place);
    chart.setOption(option(series));
    charts.push(chart);
  });

  function resize() { charts.forEach(function (chart) { chart.resize(); }); }
  window.addEventListener("resize", resize);
  window.addEventListener("beforeprint", resize);
}());
